import type { DefinitionDocument } from '../definition/types.ts';
import { nodesOfSites } from '../membership/nodes-of-sites.ts';
import { type BoundCommand, programOn } from '../runs/plan.ts';
import { type Binding, bindPhases, nodesConcerned } from './bind-phases.ts';
import { programOf, replacedProgram } from './program-of.ts';

export interface ProgramRequest {
  event: string;
  args: readonly string[];
  /** Who takes part, fixed when the event starts: a node that joins is among them, one that has failed is not. */
  participants: readonly string[];
  document: Pick<DefinitionDocument, 'entries'>;
}

/** What runs, phase by phase and on which nodes, when an event happens among many nodes (DOMAIN.md section 3). */
export function planProgram(request: ProgramRequest): BoundCommand[][] {
  const { event, args, participants, document } = request;
  const own = bindPhases(bindingOf(request));
  const { before, after } = sitesAround(request);
  const phases = [...before, ...own, ...after].filter((phase) => phase.length > 0);
  // It happened on a node that does not take part, such as one that other software has reported: then all are told. An
  // administrator's own program says what is to be done, and an empty node set of it is done.
  return phases.length > 0 || replacedProgram(document, event) ? phases : programOn(participants, event, args);
}

/** A global event (`-1`) has happened on every node. */
function bindingOf({ event, args, participants, document }: ProgramRequest): Binding {
  const concerned = args[0] === '-1' ? participants : nodesConcerned(event, args, nodesOfSites(document));
  return { program: programOf(document, event, args), event, args, participants, concerned };
}

const SITE_EVENTS: Readonly<Record<string, { check: string; site: string }>> = {
  node_up: { check: 'check_for_site_up', site: 'site_up' },
  node_down: { check: 'check_for_site_down', site: 'site_down' },
};

/**
 * "The first node in a site runs site_up before it completes node_up event processing. The site_up_complete event runs after
 * node_up_complete"; site_down of the last one likewise. So the program of the site stands around that of the node: what comes
 * before its end before it, the rest behind.
 */
function sitesAround({ event, args, participants, document }: ProgramRequest): {
  before: BoundCommand[][];
  after: BoundCommand[][];
} {
  const events = SITE_EVENTS[event];
  const [node = ''] = args;
  const sites = nodesOfSites(document);
  if (!events || sites.size === 0) return { before: [], after: [] };
  const phasesOf = (name: string, about: string): BoundCommand[][] =>
    bindPhases(bindingOf({ event: name, args: [about], participants, document }));
  const check = phasesOf(events.check, node);
  const [site, siteNodes = []] = [...sites].find(([, nodes]) => nodes.includes(node)) ?? [];
  if (site === undefined || participants.some((other) => other !== node && siteNodes.includes(other)))
    return { before: check, after: [] };
  const phases = phasesOf(events.site, site);
  const end = programOf(document, events.site, [site]).findIndex((phase) =>
    phase.some(({ command }) => command === `${events.site}_complete` || command === `${events.site}_remote_complete`),
  );
  const at = end < 0 ? phases.length : end;
  return { before: [...check, ...phases.slice(0, at)], after: phases.slice(at) };
}
