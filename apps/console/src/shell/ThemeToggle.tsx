import { ToggleGroup, ToggleGroupItem } from '@patternfly/react-core/dist/dynamic/components/ToggleGroup';
import DesktopIcon from '@patternfly/react-icons/dist/dynamic/icons/desktop-icon';
import MoonIcon from '@patternfly/react-icons/dist/dynamic/icons/moon-icon';
import SunIcon from '@patternfly/react-icons/dist/dynamic/icons/sun-icon';
import { useEffect } from 'react';
import { followSystem, keepTheme, THEMES, type Theme, useTheme } from './theme.ts';

const LOOKS: Record<Theme, { label: string; icon: React.ReactNode }> = {
  system: { label: 'Colours as the system', icon: <DesktopIcon /> },
  light: { label: 'Light', icon: <SunIcon /> },
  dark: { label: 'Dark', icon: <MoonIcon /> },
};

export function ThemeToggle() {
  const theme = useTheme();
  useEffect(followSystem, []);
  return (
    <ToggleGroup isCompact aria-label="Colours">
      {THEMES.map((one) => (
        <ToggleGroupItem
          key={one}
          icon={LOOKS[one].icon}
          aria-label={LOOKS[one].label}
          buttonId={`theme-${one}`}
          isSelected={theme === one}
          onChange={() => keepTheme(one)}
        />
      ))}
    </ToggleGroup>
  );
}
