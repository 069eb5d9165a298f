import lit from "eslint-plugin-lit";
import wc from "eslint-plugin-wc";
import ts from "typescript-eslint";

export default ts.config(
  {
    ignores: [
      "**/dist/",
      "**/node_modules/",
      "coverage/",
      "storybook-static/",
      // apps of other frameworks, checked by their own builds
      "test/contexts/",
      "test/hosts/",
      "test/package/projects/",
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  ...ts.configs.recommended.map((config) => ({ ...config, files: ["**/*.{ts,js,mjs}"] })),
  {
    files: ["**/*.{ts,js,mjs}"],
    rules: {
      eqeqeq: ["error", "always", { null: "ignore" }],
      "no-console": "off",
      "no-eval": "error",
      "no-implied-eval": "error",
      "no-new-func": "error",
      "object-shorthand": "error",
      "prefer-const": "error",
      "@typescript-eslint/no-empty-object-type": ["error", { allowInterfaces: "with-single-extends" }],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", caughtErrors: "none" }],
    },
  },
  {
    files: ["src/**/*.ts"],
    extends: [
      ts.configs.recommendedTypeCheckedOnly,
      lit.configs["flat/recommended"],
      wc.configs["flat/recommended"],
    ],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      "max-lines": ["error", { max: 200, skipBlankLines: true, skipComments: true }],
      // a page learns everything through events; the console is for developers' mistakes
      "no-console": ["error", { allow: ["warn", "error"] }],
      "@typescript-eslint/consistent-type-imports": "error",
      // a merchant's callback, and ours, may throw a Response
      "@typescript-eslint/only-throw-error": "off",
      "@typescript-eslint/prefer-promise-reject-errors": "off",
      // what another party sent is `any` until it was looked at
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/no-base-to-string": "off",
      "@typescript-eslint/no-non-null-assertion": "off",
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: true },
      ],
      "@typescript-eslint/restrict-template-expressions": "off",
      "@typescript-eslint/require-await": "off",
      "@typescript-eslint/unbound-method": "off",
      "lit/no-invalid-html": "error",
      "lit/no-useless-template-literals": "error",
      "wc/guard-super-call": "off",
      "wc/no-self-class": "error",
    },
  },
  // Money moves here: more than three values of one type in a row are easily swapped.
  { files: ["src/{server,dintero}/**"], rules: { "max-params": ["error", 3] } },
  // The command prints to the console.
  { files: ["src/cli/**"], rules: { "no-console": "off" } },
  {
    files: ["test/**"],
    rules: {
      "@typescript-eslint/no-unused-expressions": "off",
      "@typescript-eslint/no-non-null-assertion": "off",
    },
  },
);
