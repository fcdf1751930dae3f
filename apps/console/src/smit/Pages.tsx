import { Link, useSearchParams } from 'react-router';

interface PagesProps {
  /** From 1. */
  at: number;
  count: number;
  /** What the page is called in the URL. */
  name?: string;
}

/** A page is a place in the URL, so that Back leads to the one before. */
export function Pages({ at, count, name = 'page' }: PagesProps) {
  const [search] = useSearchParams();
  if (count < 2) return null;
  const to = (page: number): string => {
    const next = new URLSearchParams(search);
    if (page === 1) next.delete(name);
    else next.set(name, String(page));
    return `?${next}`;
  };
  return (
    <nav className="smit-pages" aria-label="Pages">
      {/* At an end too: a link that goes away takes the focus of the keyboard with it. */}
      <Link to={to(Math.max(1, at - 1))} aria-disabled={at === 1}>
        Page before
      </Link>
      <span className="smit-count">
        page {at} of {count}
      </span>
      <Link to={to(Math.min(count, at + 1))} aria-disabled={at === count}>
        Next page
      </Link>
    </nav>
  );
}
