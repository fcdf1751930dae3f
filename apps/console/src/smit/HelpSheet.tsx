import { ARGUMENT_HELP, FIELD_HELP, helpPanelAt, PANEL_HELP } from '@fallover/events';
import { Button } from '@patternfly/react-core/dist/dynamic/components/Button';
import TimesIcon from '@patternfly/react-icons/dist/dynamic/icons/times-icon';
import { useEffect, useRef } from 'react';

/** What F1 explains: the field that has the focus, else the panel. */
export interface HelpAbout {
  title: string;
  paragraphs: readonly string[];
}

const own = (texts: Record<string, readonly string[] | string>, name: string | undefined): readonly string[] => {
  const found = name !== undefined && Object.hasOwn(texts, name) ? texts[name] : undefined;
  return found === undefined ? [] : typeof found === 'string' ? [found] : found;
};

export function helpAbout(path: string, field: HTMLElement | null): HelpAbout {
  if (field) {
    const { smitField = '', smitLabel = '', smitTopic } = field.dataset;
    const argument = smitTopic?.startsWith('argument.') ? smitTopic.slice('argument.'.length) : undefined;
    const domain = argument ? own(ARGUMENT_HELP, argument) : own(FIELD_HELP, smitTopic ?? smitField);
    // What stands below the entry anyway is the text of a field that the domain does not know, or of an argument.
    const shown = field.querySelector(`[id="${CSS.escape(smitField)}-help"]`)?.textContent ?? '';
    const paragraphs = domain.length > 0 && !argument ? domain : [shown, ...domain].filter((text) => text !== '');
    if (paragraphs.length > 0) return { title: smitLabel, paragraphs };
  }
  const panel = helpPanelAt(path);
  return {
    title: 'This panel',
    paragraphs: panel
      ? own(PANEL_HELP, panel)
      : ['There is no help for this panel. Choose a field and press F1 again, or ? for the keys.'],
  };
}

/** F1: beside the panel, so that the field stays in sight. It follows the focus until it is closed. */
export function HelpSheet({ about, close }: { about: HelpAbout; close: () => void }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <aside
      className="smit-help-sheet"
      aria-label="Help"
      onKeyDown={(event) => {
        if (event.key === 'Escape') close();
      }}
    >
      <div className="smit-help-head">
        <h2 tabIndex={-1} ref={heading}>
          {about.title}
        </h2>
        <Button variant="plain" size="sm" icon={<TimesIcon />} aria-label="Close help" onClick={close} />
      </div>
      {about.paragraphs.map((text) => (
        <p key={text}>{text}</p>
      ))}
      <p className="smit-help">Move to a field to read what it means. F1 closes this, and so does Esc.</p>
    </aside>
  );
}
