import { ToggleGroup, ToggleGroupItem } from '@patternfly/react-core/dist/dynamic/components/ToggleGroup';
import { useNavigate } from 'react-router';

export const FRAME = { title: 'Import and Export', fastPath: 'cm_import_export' };

/** The two halves of the panel. */
export function WhichWay({ way }: { way: 'export' | 'import' }) {
  const navigate = useNavigate();
  const item = (one: 'export' | 'import', text: string) => (
    <ToggleGroupItem
      text={text}
      buttonId={`do-${one}`}
      isSelected={way === one}
      onChange={() => void navigate(`/smit/cm_import_export${one === 'import' ? '?do=import' : ''}`, { replace: true })}
    />
  );
  return (
    <ToggleGroup aria-label="Export or import">
      {item('export', 'Export')}
      {item('import', 'Import')}
    </ToggleGroup>
  );
}
