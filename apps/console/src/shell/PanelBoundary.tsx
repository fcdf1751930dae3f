import { Alert } from '@patternfly/react-core/dist/dynamic/components/Alert';
import { Button } from '@patternfly/react-core/dist/dynamic/components/Button';
import { Component, type ReactNode, Suspense } from 'react';
import { PanelLoading } from '../smit/PanelLoading.tsx';

/** A panel that cannot be loaded (a new version was installed meanwhile) or that fails leaves the menu usable. */
export class PanelBoundary extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    if (!this.state.failed) return <Suspense fallback={<PanelLoading />}>{this.props.children}</Suspense>;
    return (
      <Alert
        component="p"
        isInline
        variant="danger"
        title="This panel could not be shown."
        actionLinks={
          <Button variant="link" isInline onClick={() => location.reload()}>
            Reload the page
          </Button>
        }
      >
        <p>Another version of Fallover may have been installed while this page was open.</p>
      </Alert>
    );
  }
}
