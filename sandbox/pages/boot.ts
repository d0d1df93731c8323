/** What the server wrote into this very page (`documentOf` in `../bundle.ts`), in the stand-in's own shape. */
export const readBoot = <Boot>(): Boot => JSON.parse(document.getElementById('boot')?.textContent ?? '{}') as Boot;
