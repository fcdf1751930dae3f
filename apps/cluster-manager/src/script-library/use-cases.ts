import { createHash } from 'node:crypto';
import {
  checkScriptText,
  type Entry,
  err,
  type LibraryOnNode,
  ok,
  scriptPath as pathIn,
  scriptTextWarningSentence,
} from '@fallover/events';
import { namesInBoth } from '../definition/entries.ts';
import { refusal } from '../definition/faults.ts';
import { type DefinitionState, entryOf } from '../definition/state.ts';
import { definitionViews } from '../definition/views.ts';
import { entryWrites, type WriterParts } from '../definition/write-entry.ts';
import type { UseCases } from '../http/use-cases.ts';
import type { ScriptLibrary } from './script-library.ts';
import { checkSyntax } from './syntax-check.ts';

export type ScriptUseCases = Pick<UseCases, 'listScripts' | 'getScript' | 'checkScript' | 'changeScript'>;

export interface ScriptParts extends WriterParts {
  library: ScriptLibrary;
  /** The daemon's own; where a script is while its syntax is looked at. */
  stateDirectory: string;
}

/** The scripts that the configuration keeps. One is deleted as any entry is. */
export function scriptUseCases(parts: ScriptParts): ScriptUseCases {
  const { reader, store, library, stateDirectory } = parts;
  const { directory } = library;
  const writes = entryWrites(parts);
  const pathOf = (name: string) => (directory === undefined ? undefined : pathIn(directory, name));

  const viewsOf = (state: DefinitionState, { laidDown }: LibraryOnNode) => {
    const views = definitionViews(state, pathOf);
    return (name: string) => ({
      ...views.entry({ class: 'script', name }),
      path: pathOf(name) ?? pathIn('DIR', name),
      laidDown: laidDown.get(name) ?? ('not_active' as const),
    });
  };

  return {
    async listScripts() {
      const [state, here] = [await reader.now(), await library.onThisNode()];
      const scripts = namesInBoth(state, 'script').map(viewsOf(state, here));
      return ok({ enabled: directory !== undefined, ...(directory === undefined ? {} : { directory }), scripts });
    },

    async getScript({ parameters: { name } }) {
      const state = await reader.now();
      if (!namesInBoth(state, 'script').includes(name))
        return err(refusal({ code: 'not_found', entry: { class: 'script', name } }));
      const [draftText, activeText] = [await textOf(state.draft, name), await textOf(state.activeDocument.entries, name)];
      return ok({
        ...viewsOf(state, await library.onThisNode())(name),
        ...(draftText === undefined ? {} : { draftText }),
        ...(activeText === undefined ? {} : { activeText }),
      });
    },

    async checkScript({ body: { text } }) {
      return ok(await checkSyntax(text, stateDirectory));
    },

    async changeScript({ parameters: { name }, body: { revision, text, remark } }, { request }) {
      if (directory === undefined) return err(refusal({ code: 'library_is_off' }));
      const { faults, warnings } = checkScriptText(text);
      if (faults.length > 0) return err(refusal({ code: 'not_a_script', faults }));
      const state = await reader.now();
      const sha256 = createHash('sha256').update(text).digest('hex');
      const kept = remark ?? entryOf(state, 'script', name)?.fields.remark?.cluster ?? '';
      const entry: Entry = {
        class: 'script',
        name,
        fields: { content: { cluster: sha256 }, ...(kept === '' ? {} : { remark: { cluster: kept } }) },
      };
      const here = await library.onThisNode();
      return writes.change({ entry, revision, content: { sha256, text } }, request, (after, others) => ({
        script: viewsOf(after, here)(name),
        warnings: [
          ...warnings.map((each) => ({ code: each.code, field: 'content', sentence: scriptTextWarningSentence(each) })),
          ...others,
        ],
      }));
    },
  };

  async function textOf(entries: readonly Entry[], name: string): Promise<string | undefined> {
    const found = entries.find((entry) => entry.class === 'script' && entry.name === name);
    const sha256 = found?.class === 'script' ? found.fields.content?.cluster : undefined;
    return sha256 === undefined ? undefined : store.content(sha256);
  }
}
