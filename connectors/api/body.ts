/** Bytes an API's answer may have. A page of a hundred records takes some hundred thousand; parsing so much is short. */
const mostAnswerBytes = 16_000_000;

/** The answer is longer than any answer to this request can be. The rest of it was not read. */
export class AnswerTooLarge extends Error {
  constructor(mostBytes: number) {
    super(`the answer is larger than ${Math.round(mostBytes / 1_000_000)} MB`);
    this.name = 'AnswerTooLarge';
  }
}

/**
 * The body of an answer as text; reading stops at the largest size allowed. How long it may take is up to the request's
 * signal.
 * @throws AnswerTooLarge, and what fetch throws
 */
export async function textOf(response: Response, mostBytes = mostAnswerBytes): Promise<string> {
  const announced = Number(response.headers.get('content-length') ?? 0);
  const reader = response.body?.getReader();
  if (!reader) return '';
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for (;;) {
    if (Math.max(announced, bytes) > mostBytes) {
      await reader.cancel().catch(() => undefined);
      throw new AnswerTooLarge(mostBytes);
    }
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    bytes += value.byteLength;
    text += decoder.decode(value, { stream: true });
  }
}
