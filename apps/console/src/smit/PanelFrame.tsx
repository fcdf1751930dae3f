import { Title } from '@patternfly/react-core/dist/dynamic/components/Title';
import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';
import { useNavigate } from 'react-router';
import { CommandDialog } from './CommandDialog.tsx';
import { type Enter, FunctionBar } from './FunctionBar.tsx';
import { useFunctionKeys } from './function-keys.ts';

interface PanelFrameProps {
  title: string;
  /** What is typed after `smit` to come here; missing for pages that SMIT has no name for. */
  fastPath?: string | undefined;
  lead?: ReactNode;
  /** The exact lines that do the same in a shell. */
  commands: readonly string[];
  /** Where F3 leads: the panel above this one. */
  above?: string | undefined;
  cancel?: (() => void) | undefined;
  reset?: (() => void) | undefined;
  enter?: Enter | undefined;
  children: ReactNode;
}

/** What every panel has: its title and fast path, and the function bar with its keys. */
export function PanelFrame({ title, fastPath, lead, commands, above = '/', cancel, reset, enter, children }: PanelFrameProps) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [shown, setShown] = useState(false);
  const functions = {
    refresh: () => void queries.invalidateQueries(),
    cancel: cancel ?? (() => void navigate(above)),
    reset,
    command: () => setShown(true),
  };
  useFunctionKeys(functions);
  useEffect(() => {
    document.title = `${title} · Fallover`;
  }, [title]);
  return (
    <div className="smit-panel">
      <header className="smit-panel-head">
        <Title headingLevel="h1" size="xl">
          {title}
        </Title>
        {fastPath ? (
          <code className="smit-fast-path" title="Fast path">
            {fastPath}
          </code>
        ) : null}
      </header>
      {lead ? <p className="smit-lead">{lead}</p> : null}
      <div className="smit-panel-body">{children}</div>
      <FunctionBar functions={functions} enter={enter} />
      {shown ? <CommandDialog commands={commands} close={() => setShown(false)} /> : null}
    </div>
  );
}
