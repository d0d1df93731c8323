import type { ReactNode } from 'react';
import { Press, useLook } from './look.tsx';

/** What opens at the right of the grid. */
export function SidePanel({
  title,
  subtitle,
  onClose,
  children,
  foot,
}: {
  readonly title: string;
  readonly subtitle?: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  readonly foot?: ReactNode;
}) {
  const { plain } = useLook();
  return (
    <aside className="panel" role={plain ? 'presentation' : 'dialog'} aria-label={plain ? undefined : title}>
      <div className="panel-head">
        <div>
          <h2>{title}</h2>
          {subtitle ? <p>{subtitle}</p> : null}
        </div>
        <Press kind="icon" label="Close panel" onPress={onClose}>
          ✕
        </Press>
      </div>
      <div className="panel-body">{children}</div>
      {foot ? <div className="panel-foot">{foot}</div> : null}
    </aside>
  );
}
