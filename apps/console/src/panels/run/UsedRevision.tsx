import { Link } from 'react-router';

/** The configuration that the run was planned by, and keeps until it ends; 0 is the one before anything was configured. */
export const UsedRevision = ({ revision }: { revision: number }) =>
  revision > 0 ? <Link to={`/smit/cm_config_history/${revision}`}>revision {revision}</Link> : <>no configuration</>;
