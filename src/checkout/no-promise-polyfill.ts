// In place of "native-promise-only", which the SDK imports: it throws as a native module, and every supported browser
// has promises.
export {};
