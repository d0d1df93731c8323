import { createContext, useContext, useSyncExternalStore } from 'react';
import type { State, Store } from './store.ts';

export const StoreContext = createContext<Store | null>(null);

export function useStore(): Store {
  const store = useContext(StoreContext);
  if (!store) throw new Error('No store around this part of the page.');
  return store;
}

export function useShown(): State {
  const store = useStore();
  return useSyncExternalStore(store.subscribe, store.get);
}
