import { useEffect, useRef, useState } from 'react';
import { type CompiledFiles, compileFiles } from './compile-files.ts';

export interface BroughtFiles {
  names: string;
  /** From 0 to 1. */
  share: number;
  compiled?: CompiledFiles;
  failure?: string;
}

/** Files that a person chooses or drops onto the page. They are compiled here, and gone with the page. */
export function useBroughtFiles() {
  const [brought, setBrought] = useState<BroughtFiles>();
  const [over, setOver] = useState(false);
  const reading = useRef<AbortController>(undefined);
  const [open] = useState(() => (files: readonly File[]): void => {
    reading.current?.abort();
    if (files.length === 0) return;
    const own = new AbortController();
    reading.current = own;
    const { signal } = own;
    const names = files.map(({ name }) => name).join(', ');
    const show = (more: Omit<BroughtFiles, 'names'>): void => {
      if (!signal.aborted) setBrought({ names, ...more });
    };
    show({ share: 0 });
    compileFiles(files, (share) => show({ share }), signal).then(
      (compiled) => show({ share: 1, compiled }),
      () =>
        show({ share: 0, failure: `${names} cannot be read. Check that it is a file that you may read, then choose it again.` }),
    );
  });
  const close = (): void => {
    reading.current?.abort();
    setBrought(undefined);
  };
  useEffect(() => {
    const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false;
    const dragged = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const left = (event: DragEvent): void => {
      if (event.relatedTarget === null) setOver(false);
    };
    const dropped = (event: DragEvent): void => {
      setOver(false);
      if (!hasFiles(event)) return;
      event.preventDefault();
      open([...(event.dataTransfer?.files ?? [])]);
    };
    const listeners = { dragover: dragged, dragleave: left, drop: dropped } as const;
    for (const [name, listener] of Object.entries(listeners)) document.addEventListener(name as 'drop', listener);
    return () => {
      for (const [name, listener] of Object.entries(listeners)) document.removeEventListener(name as 'drop', listener);
      reading.current?.abort();
    };
  }, [open]);
  return { brought, over, open, close };
}
