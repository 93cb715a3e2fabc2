/**
 * Something about this machine or its settings that whoever runs the product has to change. The message is a sentence
 * that says what to do, and is printed without a stack trace.
 */
export class SetupError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "SetupError";
  }
}
