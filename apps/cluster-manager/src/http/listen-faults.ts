export const LONGEST_SOCKET_PATH = 107;

export type ListenFault =
  | { code: 'listen_address_malformed'; address: string }
  | { code: 'listen_address_in_use'; address: string }
  | { code: 'listen_address_not_available'; address: string }
  | { code: 'listen_not_permitted'; address: string }
  | { code: 'listen_host_not_found'; address: string }
  | { code: 'listen_beyond_loopback'; address: string }
  | { code: 'listen_failed'; address: string; reason: string }
  | { code: 'tls_incomplete'; missing: '--tls-cert' | '--tls-key' }
  | { code: 'tls_and_proxy' }
  | { code: 'tls_file_unreadable'; path: string; reason: string }
  | { code: 'tls_not_usable'; certificate: string; key: string; reason: string }
  | { code: 'control_socket_path_too_long'; path: string; bytes: number }
  | { code: 'control_socket_in_use'; path: string }
  | { code: 'control_socket_occupied'; path: string }
  | { code: 'control_socket_failed'; path: string; reason: string };

export function listenSentence(fault: ListenFault): string {
  switch (fault.code) {
    case 'listen_address_malformed':
      return `--listen ${fault.address} is not an address. Write HOST:PORT, such as 127.0.0.1:8770 or [::1]:8770.`;
    case 'listen_address_in_use':
      return `Another process listens on ${fault.address}. End it, or choose another port with --listen.`;
    case 'listen_address_not_available':
      return `${fault.address} is not an address of this machine. Choose one of its own with --listen.`;
    case 'listen_not_permitted':
      return `This user may not listen on ${fault.address}: ports below 1024 are for root. Choose a higher port with --listen.`;
    case 'listen_host_not_found':
      return `The host of --listen ${fault.address} is not known. Check its spelling, or write its IP address.`;
    case 'listen_beyond_loopback':
      return `Listening on ${fault.address} lets other machines in, and passwords would cross the network in the clear. Add --tls-cert and --tls-key, or --behind-tls-proxy when a proxy ends TLS.`;
    case 'listen_failed':
      return `Listening on ${fault.address} failed (${fault.reason}). Choose another address with --listen.`;
    case 'tls_incomplete':
      return `${fault.missing} is missing: --tls-cert and --tls-key go together.`;
    case 'tls_and_proxy':
      return '--behind-tls-proxy says that a proxy ends TLS, and --tls-cert and --tls-key that the cluster manager does. Leave one of them out.';
    case 'tls_file_unreadable':
      return `${fault.path} cannot be read (${fault.reason}). Check --tls-cert and --tls-key.`;
    case 'tls_not_usable':
      return `The certificate ${fault.certificate} and the key ${fault.key} cannot be used together (${fault.reason}). Both have to be PEM files, of the same key pair.`;
    case 'control_socket_path_too_long':
      return `The control socket's path ${fault.path} has ${fault.bytes} bytes, and the system allows ${LONGEST_SOCKET_PATH}. Choose a state directory with a shorter path.`;
    case 'control_socket_in_use':
      return `Another cluster manager answers at ${fault.path}. There can be only one for a state directory.`;
    case 'control_socket_occupied':
      return `${fault.path} is there and is no socket. Move it away; the control socket has to be there.`;
    case 'control_socket_failed':
      return `The control socket ${fault.path} cannot be made (${fault.reason}). Check the state directory.`;
  }
}
