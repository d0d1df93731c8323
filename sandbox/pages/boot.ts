/** What the server wrote into this very page (`documentOf` in `../bundle.ts`); whoever reads it knows its shape. */
export const readBoot = (): unknown => JSON.parse(document.getElementById('boot')?.textContent ?? '{}');
