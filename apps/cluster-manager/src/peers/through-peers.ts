import { err, ok, parseStepId, type Result } from '@fallover/events';
import type { Bytes, Refusal, UseCases } from '../http/use-cases.ts';
import type { Principal } from '../access/principal.ts';
import type { InputOf, PeerCallName, ReplyOf } from './calls.ts';
import { rangeOf } from '../output/use-cases.ts';
import { fileOfNode } from './download.ts';
import type { Peers } from './peers.ts';
import { peerRefusal } from './refusals.ts';
import { summariesOfAll, summaryText } from './summaries.ts';

/** What the API gives of the node on which it is. */
export type NodeUseCases = Pick<
  UseCases,
  | 'getStepOutput'
  | 'getOutputLines'
  | 'searchOutput'
  | 'downloadOutput'
  | 'listLogs'
  | 'getLogLines'
  | 'searchLog'
  | 'downloadLog'
  | 'getHacmpOut'
  | 'searchHacmpOut'
  | 'listEventSummaries'
  | 'saveEventSummaries'
  | 'listProcesses'
  | 'endProcesses'
>;

export interface ThroughPeersParts {
  node: string;
  local: NodeUseCases;
  peers: Peers;
  /** All other nodes that are known of, also those that will not answer: whoever is left out of a list is named there. */
  others(): readonly string[];
}

/** The same of any node: `node` in the query, or in the id of a step, says which; another one's cluster manager is asked. */
export function throughPeers({ node: own, local, peers, others }: ThroughPeersParts): NodeUseCases {
  const isOther = (node: string | undefined): node is string => node !== undefined && node !== own;

  async function ask<Name extends PeerCallName>(
    node: string,
    name: Name,
    input: InputOf<Name>,
    { principal, signal }: { principal: Principal; signal: AbortSignal },
  ): Promise<Result<ReplyOf<Name>, Refusal>> {
    const answer = await peers.ask(node, { name, input, asker: askerOf(principal) }, signal);
    return answer.ok ? answer : err(peerRefusal(answer.error, name, peers.unansweredSince(node)));
  }

  /** A use case of one node, there where it is asked for. */
  const on = <Name extends Exclude<PeerCallName & keyof NodeUseCases, 'listEventSummaries' | 'endProcesses'>>(
    name: Name,
  ): NodeUseCases[Name] =>
    ((input: InputOf<Name> & { query: Asked }, context: { principal: Principal; signal: AbortSignal }) => {
      const node = nodeAsked(input.query);
      const here = local[name] as (...args: unknown[]) => unknown;
      const { parameters, query } = input;
      return isOther(node) ? ask(node, name, { parameters, query } as unknown as InputOf<Name>, context) : here(input, context);
    }) as unknown as NodeUseCases[Name];

  return {
    getOutputLines: on('getOutputLines'),
    searchOutput: on('searchOutput'),
    listLogs: on('listLogs'),
    getLogLines: on('getLogLines'),
    searchLog: on('searchLog'),
    getHacmpOut: on('getHacmpOut'),
    searchHacmpOut: on('searchHacmpOut'),
    listProcesses: on('listProcesses'),

    async endProcesses(input, context) {
      const { parameters, body } = input;
      const node = nodeAsked(body);
      if (!isOther(node)) return local.endProcesses(input, context);
      return ask(node, 'endProcesses', { run: parameters.run, step: body.step }, context);
    },

    async getStepOutput(input, context) {
      const { query, parameters } = input;
      const node = nodeAsked(query);
      if (!isOther(node)) return local.getStepOutput(input, context);
      const file = { run: parameters.run, step: query.step };
      const answer = await ask(node, 'readFile', { file, at: query.from, most: query.length }, context);
      if (!answer.ok) return answer;
      const { base64, size } = answer.value;
      return ok(rangeOf(query.from, { bytes: Buffer.from(base64, 'base64'), size }));
    },

    async downloadOutput(input, context) {
      const { query, parameters } = input;
      const node = nodeAsked(query);
      if (!isOther(node)) return local.downloadOutput(input, context);
      const file = { run: parameters.run, step: query.step };
      return download(node, file, `${query.step.replaceAll('/', '-')}.log`, query.gzip, context);
    },

    async downloadLog(input, context) {
      const { query, parameters } = input;
      if (!isOther(query.node)) return local.downloadLog(input, context);
      return download(query.node, { log: parameters.log }, `${query.node}-${parameters.log}`, query.gzip, context);
    },

    async listEventSummaries(input, context) {
      const { node, limit } = input.query;
      if (node === own) return local.listEventSummaries(input, context);
      const nodes = node === undefined ? others() : [node];
      const asked = await Promise.all(
        nodes.map(async (other) => ({
          node: other,
          answer: await ask(
            other,
            'listEventSummaries',
            { parameters: undefined, query: { ...input.query, node: other } },
            context,
          ),
        })),
      );
      const [first] = asked;
      if (node !== undefined && first && !first.answer.ok) return first.answer;
      const here = node === undefined ? await local.listEventSummaries(input, context) : undefined;
      if (here && !('ok' in here && here.ok)) return here;
      return ok(summariesOfAll([...(here ? [here.value] : []), ...asked.map(({ node, answer }) => silent(node, answer))], limit));
    },

    async saveEventSummaries(input, context) {
      const { node } = input.query;
      if (node === own) return local.saveEventSummaries(input, context);
      const nodes = node === undefined ? others() : [node];
      const here = node === undefined ? await local.saveEventSummaries(input, context) : undefined;
      if (here && !here.ok) return here;
      const askOne = (other: string) =>
        ask(
          other,
          'listEventSummaries',
          { parameters: undefined, query: { ...input.query, node: other, limit: MOST_SAVED } },
          context,
        );
      const headers = here?.value.headers ?? { 'Content-Disposition': 'attachment; filename="event-summaries.txt"' };
      return ok({ headers, body: summaryText(here?.value.body, nodes, askOne) });
    },
  };

  /** Since when it has been asked in vain is of use only where it did not answer. */
  function silent<Value>(node: string, answer: Result<Value, Refusal>) {
    const since = answer.ok ? undefined : peers.unansweredSince(node);
    return { node, answer, ...(since === undefined ? {} : { since }) };
  }

  async function download(
    node: string,
    file: InputOf<'readFile'>['file'],
    name: string,
    gzip: boolean,
    context: { principal: Principal; signal: AbortSignal },
  ): Promise<Result<Bytes, Refusal>> {
    return fileOfNode({ name, gzip }, (at, most) => ask(node, 'readFile', { file, at, most }, context));
  }
}

interface Asked {
  node?: string | undefined;
  step?: string;
}

/** The output of a step is on the node that ran it. */
const nodeAsked = ({ node, step }: Asked): string | undefined =>
  node ?? (step === undefined ? undefined : parseStepId(step)?.node);

const askerOf = ({ name, role }: Principal) => ({ name, role });

/** As many as the list gives at most. */
const MOST_SAVED = 5_000;
