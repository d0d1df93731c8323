import busboy from 'busboy';
import type { Request } from 'express';

/** A multipart form: its fields in order, its files whole. */
export type Form = {
  readonly fields: readonly (readonly [name: string, value: string])[];
  readonly files: ReadonlyMap<string, Buffer>;
};

export function readForm(request: Request): Promise<Form> {
  return new Promise((resolve, reject) => {
    const fields: [string, string][] = [];
    const files = new Map<string, Buffer>();
    const form = busboy({ headers: request.headers, limits: { fileSize: 64 * 1024 * 1024 } });
    form.on('field', (name, value) => fields.push([name, value]));
    form.on('file', (name, stream) => {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => files.set(name, Buffer.concat(parts)));
    });
    form.on('error', reject);
    form.on('close', () => resolve({ fields, files }));
    request.pipe(form);
  });
}
