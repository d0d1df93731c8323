import type { Route } from './call.ts';
import { methodNotAllowed, routeNotFound } from './refusal.ts';

type Compiled = { readonly route: Route; readonly method: string; readonly path: RegExp };

/** Finds the route of a request under `/api`, and what stood at its `:names`. @throws Refusal 404 or 405 */
export function makeMatcher(routes: readonly Route[]) {
  const compiled: readonly Compiled[] = routes.map((route) => {
    const [method = '', path = ''] = route.on.split(' ');
    return { route, method, path: new RegExp(`^${path.replaceAll(/:\w+/g, '([^/]+)')}$`) };
  });
  return (method: string, path: string): { readonly route: Route; readonly at: readonly string[] } => {
    const here = compiled.filter((each) => each.path.test(path));
    const match = here.find((each) => each.method === method);
    if (match) return { route: match.route, at: match.path.exec(path)?.slice(1).map(decodeURIComponent) ?? [] };
    if (here.length === 0) throw routeNotFound(`api${path}`);
    const allowed = here.flatMap((each) => (each.method === 'GET' ? ['GET', 'HEAD'] : [each.method]));
    throw methodNotAllowed(method, `api${path}`, allowed);
  };
}
