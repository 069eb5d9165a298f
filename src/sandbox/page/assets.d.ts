/** A browser script, bundled and minified by the build, as text. */
declare module "*?script" {
  const code: string;
  export default code;
}

/** A style sheet as text. */
declare module "*.css?inline" {
  const style: string;
  export default style;
}
declare module "*.css";
