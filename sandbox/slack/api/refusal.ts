/** A Web API call refused by its name in Slack's reference, with what `response_metadata.messages` says of it. */
export class Refusal extends Error {
  readonly code: string;
  readonly details: readonly string[];

  constructor(code: string, details: readonly string[] = []) {
    super(code);
    this.code = code;
    this.details = details;
  }

  /** The body Slack answers with. */
  body(): Record<string, unknown> {
    if (this.details.length === 0) return { ok: false, error: this.code };
    return {
      ok: false,
      error: this.code,
      errors: this.details,
      response_metadata: { messages: this.details.map((detail) => `[ERROR] ${detail}`) },
    };
  }
}
