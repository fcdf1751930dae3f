import { Spinner } from '@patternfly/react-core/dist/dynamic/components/Spinner';

export function PanelLoading() {
  return (
    <div className="smit-panel-loading">
      <Spinner size="lg" aria-label="Loading the panel" />
    </div>
  );
}
