import { useEffect, useLayoutEffect, useRef, useState, type ReactNode, type RefObject } from 'react';
import { createPortal } from 'react-dom';
import { useEscape } from './focus.ts';

/** A longer list scrolls. */
const tallest = 340;

/**
 * A panel hung under (or, where there is no room, over) its anchor, above everything else. Closes on Escape and on a click
 * outside; Escape goes no further, so that a modal underneath stays.
 */
export function Popover(props: {
  readonly anchor: RefObject<HTMLElement | null>;
  readonly onClose: () => void;
  readonly children: ReactNode;
  readonly className?: string;
  readonly align?: 'start' | 'end';
}) {
  const { anchor, onClose, align = 'start' } = props;
  const panel = useRef<HTMLDivElement>(null);
  const [style, setStyle] = useState<Record<string, number>>({});

  useLayoutEffect(() => {
    const place = () => {
      const box = anchor.current?.getBoundingClientRect();
      const size = panel.current?.getBoundingClientRect();
      if (!box || !size) return;
      const below = innerHeight - box.bottom - 8;
      const height = Math.min(size.height, tallest);
      const over = height > below && box.top > below;
      const left = align === 'end' ? box.right - size.width : box.left;
      setStyle({
        left: Math.max(8, Math.min(left, innerWidth - size.width - 8)),
        top: over ? Math.max(8, box.top - height - 4) : box.bottom + 4,
        minWidth: box.width,
        maxHeight: Math.min(tallest, Math.max(160, (over ? box.top : below) - 12)),
      });
    };
    place();
    const observer = new ResizeObserver(place);
    if (panel.current) observer.observe(panel.current);
    return () => observer.disconnect();
  }, [anchor, align]);

  useEscape(onClose, true);
  useEffect(() => {
    const clicked = (event: MouseEvent) => {
      const target = event.target as globalThis.Node;
      if (!panel.current?.contains(target) && !anchor.current?.contains(target)) onClose();
    };
    document.addEventListener('mousedown', clicked);
    return () => {
      document.removeEventListener('mousedown', clicked);
    };
  }, [anchor, onClose]);

  return createPortal(
    <div ref={panel} className={`popover ${props.className ?? ''}`} style={style}>
      {props.children}
    </div>,
    document.body,
  );
}
