export function Wordmark() {
  return (
    <span className="wordmark">
      <svg viewBox="0 0 32 32" width="24" height="24" aria-hidden="true">
        <rect width="32" height="32" rx="7" fill="#0b5cad" />
        <path d="M8 9h16M8 16h10M8 23h16" stroke="#fff" strokeWidth="3" strokeLinecap="round" />
        <path d="M19 12l5 4-5 4" fill="none" stroke="#7fd0ff" strokeWidth="3" strokeLinecap="round" strokeLinejoin="round" />
      </svg>
      <span className="wordmark-text">Fallover</span>
    </span>
  );
}
