import type { Ports } from './index.ts';

/**
 * Some of the ports, and of each only what is used: `Using<{ leads: 'counts' | 'cleaned'; csv: 'write'; bison: true }>`,
 * where `true` is all of it. What a function calls is added with `&`. Whoever has all ports may call it, and a test passes
 * exactly these.
 */
export type Using<Used extends { readonly [Name in keyof Ports]?: true | keyof Ports[Name] }> = {
  readonly [Name in keyof Used & keyof Ports]: Used[Name] extends keyof Ports[Name]
    ? Pick<Ports[Name], Used[Name]>
    : Ports[Name];
};
