import type { ModalView } from '@slack/types';

/** A click or a submitted modal, as the handlers see it. */
export type Click = {
  readonly user: string;
  readonly channel: string | null;
  /** What the button acts on; from us, but checked like anything from outside. */
  readonly value: string;
  /** A private line to the person; never throws. */
  readonly tell: (text: string) => Promise<void>;
  /** Within three seconds of the click. */
  readonly openModal: (view: ModalView) => Promise<string | null>;
  readonly updateModal: (viewId: string, view: ModalView) => Promise<void>;
  /** Takes a private message with buttons away, once it was answered. */
  readonly dismiss: (text: string) => Promise<void>;
};
