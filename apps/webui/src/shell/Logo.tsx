export function Logo({ size }: { readonly size: number }) {
  return (
    <svg aria-hidden="true" height={size} viewBox="0 0 24 24" width={size}>
      <path d="M7.6 2.5h11l-2.9 4.8H4.7z" fill="#8f8bff" />
      <path d="M9.4 9.6h10.9L17.4 14.4H6.5z" fill="#c9c7ff" />
      <path d="M5.5 16.7h8.6l-6.3 5.8z" fill="#8f8bff" />
    </svg>
  )
}
