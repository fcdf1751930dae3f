import type { ComponentProps } from 'react';

interface PanelFormProps extends Omit<ComponentProps<'form'>, 'onSubmit'> {
  /** Enter in a field, or in the function bar. Missing: what is entered holds at once. */
  submit?: () => void;
}

/** The entries of a panel; the page stays when they are sent. */
export function PanelForm({ submit, className = 'smit-form', ...others }: PanelFormProps) {
  return (
    <form
      {...others}
      className={className}
      onSubmit={(submitted) => {
        submitted.preventDefault();
        submit?.();
      }}
    />
  );
}
