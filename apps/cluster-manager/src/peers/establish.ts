import { NODE_ENDS_SOON_MS, type PeerTrouble } from '@fallover/events';
import type { PeerDirectory } from '@fallover/store';
import { type Certified, issueCertificate, makeAuthority, makeSigningRequest } from './certificates.ts';
import { endOf } from './renewal.ts';
import { type Identity, readAuthority, readIdentity, removeAuthority, writeAuthority, writeIdentity } from './files.ts';

/** Who this node is for the others, and whether it can let others join. */
export interface Standing {
  /** Missing while it has no certificate of this cluster. */
  identity?: Identity;
  /** Only on the node that has its key. */
  authority?: Certified;
  /** The node that has it. */
  holder?: string;
  troubles?: PeerTrouble[];
}

interface EstablishParts {
  node: string;
  cluster: string;
  stateDirectory: string;
  store: Pick<PeerDirectory, 'peerAuthority' | 'savePeerAuthority'>;
  now(): number;
}

/**
 * The first node of a cluster makes the authority, and each that has its key signs its own certificate; every other one has to
 * join. It can be interrupted anywhere and is done anew then: the shared store says whose authority it is.
 */
export async function establish(parts: EstablishParts): Promise<Standing> {
  const { node, stateDirectory: directory } = parts;
  const [kept, keptAuthority] = [readIdentity(directory), readAuthority(directory)];
  const corrupt = [kept, keptAuthority].find((file) => 'corrupt' in file);
  if (corrupt && 'corrupt' in corrupt) return { troubles: [{ code: 'peer_file_corrupt', ...corrupt.corrupt }] };
  const identity = 'value' in kept ? kept.value : undefined;
  const own = 'value' in keptAuthority ? keptAuthority.value : undefined;

  const shared = await sharedAuthority(parts, own, identity);
  // The store has lost it, and its key is elsewhere: what is signed by it is good until somebody says otherwise.
  if (!shared) return identity ? { identity, ...ends(parts, identity, undefined) } : {};
  const { holder, certificate, authority } = shared;
  if (identity && identity.authority === certificate && identity.node === node)
    return { identity, holder, ...(authority ? { authority } : {}), ...ends(parts, identity, authority ? undefined : holder) };
  if (authority) {
    const signed = await ownCertificate(parts, authority);
    writeIdentity(directory, signed);
    return { identity: signed, holder, authority };
  }
  const code = identity || own ? 'authority_of_another_cluster' : 'not_joined';
  return { holder, troubles: [{ code, own: node, holder }] };
}

/** The authority as the store has it, which a node without any offers its own for; `authority` where its key is here. */
async function sharedAuthority(
  { node, cluster, stateDirectory, store, now }: EstablishParts,
  own: Certified | undefined,
  identity: Identity | undefined,
): Promise<{ certificate: string; holder: string; authority?: Certified } | undefined> {
  const found = await store.peerAuthority();
  if (!found && !own && identity) return undefined;
  if (found && found.certificate !== own?.certificate) return { certificate: found.certificate, holder: found.node };
  const offered = own ?? (await makeAuthority({ cluster, at: now() }));
  // On disk first: an authority that the store knows and nobody has the key of would let nobody join.
  if (!own) writeAuthority(stateDirectory, offered);
  const { certificate, node: holder } = await store.savePeerAuthority({ certificate: offered.certificate, node });
  if (certificate === offered.certificate) return { certificate, holder, authority: offered };
  if (!own) removeAuthority(stateDirectory);
  return { certificate, holder };
}

async function ownCertificate({ node, cluster, now }: EstablishParts, authority: Certified): Promise<Identity> {
  const { request, key } = await makeSigningRequest(node);
  const issued = await issueCertificate(authority, { request, node, cluster, at: now() });
  if (!issued.ok) throw new Error('A signing request of this node itself was not understood.');
  return { cluster, node, certificate: issued.value, key, authority: authority.certificate };
}

function ends({ node, now }: EstablishParts, { certificate }: Identity, holder: string | undefined): Pick<Standing, 'troubles'> {
  const until = endOf(certificate);
  if (until - now() > NODE_ENDS_SOON_MS) return {};
  const trouble = {
    code: 'certificate_ends',
    own: node,
    until: new Date(until).toISOString(),
    hasEnded: until <= now(),
  } as const;
  return { troubles: [{ ...trouble, ...(holder === undefined ? {} : { holder }) }] };
}
