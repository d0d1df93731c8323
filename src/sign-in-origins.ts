import { z } from 'zod';
import type { SignInOrigin } from '../connectors/auth/credentials.ts';
import { isPrivate, originOf } from '../connectors/auth/trust.ts';
import { pageVendors as vendors, type PageVendor as Vendor } from '../pipeline/vendors.ts';

const isVendor = (name: string): name is Vendor => vendors.some((vendor) => vendor === name);

/** `cole=https://a.example,https://b.example clay=https://c.example` → one entry for each origin. */
export const SignInOrigins = z
  .string()
  .default('')
  .transform((text, context) => {
    const origins: SignInOrigin[] = [];
    const refuse = (message: string) => context.addIssue({ code: 'custom', message });
    let vendor: Vendor | null = null;
    for (const item of text.split(/[\s,;]+/).filter((one) => one !== '')) {
      const [, name, rest = item] = /^(\w+)=(.*)$/.exec(item) ?? [];
      if (name !== undefined) vendor = isVendor(name) ? name : null;
      if (name !== undefined && vendor === null)
        refuse(`names "${name}", and the vendors are ${vendors.join(', ')}: write cole=https://login.example`);
      else if (vendor === null) refuse('begins without a vendor: write cole=https://login.example');
      else if (originOf(rest) !== rest)
        refuse(`${vendor}: an origin is https:// and a host, and nothing after it: https://login.example`);
      else if (!isPrivate(rest)) refuse(`${vendor}: ${rest} is not encrypted; a password goes over https only`);
      else origins.push({ vendor, origin: rest });
    }
    return origins;
  });
