/** A person's drawn picture; the server draws it (see `serve.ts`). */
export function Avatar({ user, size }: { readonly user: string; readonly size: number }) {
  return <img className="avatar" src={`/avatars/${user}.svg`} width={size} height={size} alt="" />;
}
