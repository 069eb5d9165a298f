/** The body of Dintero's 4xx and 5xx answers. No list of codes is published: decide by the HTTP status. */
export interface ApiErrorBody {
  readonly error: {
    readonly code?: string;
    readonly message: string;
    readonly errors?: readonly unknown[];
  };
}
