import type { ReactNode } from 'react'

/** Own line icons, 16 px grid, drawn with the current colour. */
const SHAPES = {
  history: (
    <>
      <path d="M2.6 8a5.4 5.4 0 1 0 1.7-3.9L2.6 5.7" />
      <path d="M2.6 2.6v3.1h3.1M8 5v3.2l2.2 1.3" />
    </>
  ),
  bolt: <path d="M8.9 1.8 3.4 9h4.2l-.5 5.2L12.6 7H8.4z" />,
  rule: (
    <>
      <rect height="4.6" rx="1.4" width="5.6" x="1.6" y="2" />
      <rect height="4.6" rx="1.4" width="5.6" x="8.8" y="9.4" />
      <path d="M4.4 6.6v3.200a2 2 0 0 0 2 2h2.100M7 10l1.8 1.800L7 13.600" />
    </>
  ),
  trigger: (
    <>
      <circle cx="8" cy="8" fill="currentColor" r="1.3" stroke="none" />
      <path d="M5.3 10.700a3.8 3.8 0 0 1 0-5.400M10.7 5.300a3.8 3.8 0 0 1 0 5.400M3.2 12.800a6.8 6.8 0 0 1 0-9.600M12.8 3.200a6.8 6.8 0 0 1 0 9.600" />
    </>
  ),
  undo: <path d="M5.6 3 2.600 6l3 3M2.800 6h6.600a4 4 0 0 1 0 8H6.400" />,
  redo: <path d="M10.400 3l3 3-3 3M13.200 6H6.600a4 4 0 0 0 0 8h3" />,
  up: <path d="M8 13V3.200M3.8 7.200 8 3l4.200 4.200" />,
  bookmark: <path d="M4.2 2.600h7.600v11L8 10.600l-3.800 3z" />,
  star: <path d="m8 2.200 1.800 3.700 4 .6-2.900 2.800.7 4L8 11.400l-3.600 1.900.7-4L2.200 6.500l4-.600z" />,
  table: (
    <>
      <rect height="11" rx="1.4" width="12" x="2" y="2.500" />
      <path d="M2 6.200h12M6.2 2.500v11" />
    </>
  ),
  plus: <path d="M8 3.2v9.600M3.2 8h9.600" />,
  trash: <path d="M3 4.400h10M6.2 4.400V2.800h3.600v1.600M4.2 4.400l.6 8.800h6.400l.6-8.800M6.8 7v3.800M9.2 7v3.800" />,
  edit: <path d="M3 13l.6-2.800 7.200-7.200a1.5 1.5 0 0 1 2.200 2.200l-7.200 7.200zM9.6 4.200l2.200 2.200" />,
  flask: (
    <path d="M6.4 2.400h3.200M7 2.400v4L3.4 12.400a.8.8 0 0 0 .7 1.200h7.8a.8.8 0 0 0 .7-1.200L9 6.400v-4M5.2 9.600h5.600" />
  ),
  arrow: <path d="M2.4 8h10.800M9 3.8 13.2 8 9 12.200" />,
  search: (
    <>
      <circle cx="7" cy="7" r="4.2" />
      <path d="m10.2 10.2 3.4 3.4" />
    </>
  ),
  play: <path d="M4.5 2.8v10.4L13 8z" />,
  stop: <rect x="3.5" y="3.5" width="9" height="9" rx="1.5" />,
  pause: <path d="M5.5 3.5v9M10.5 3.5v9" />,
  rerun: (
    <>
      <path d="M13 8a5 5 0 1 1-1.6-3.7L13 5.8" />
      <path d="M13 2.7v3.1H9.9" />
    </>
  ),
  check: <path d="m3 8.5 3.2 3.2L13 4.8" />,
  checks: <path d="m2 4.300 1.500 1.500 2.700-3M2 11.300l1.500 1.500 2.700-3M8.800 4.600h5.200M8.800 11.600h5.200" />,
  cross: <path d="m4 4 8 8M12 4l-8 8" />,
  clock: (
    <>
      <circle cx="8" cy="8" r="5.6" />
      <path d="M8 4.8V8l2.1 1.4" />
    </>
  ),
  warning: (
    <>
      <path d="M8 2.2 1.9 13h12.2z" />
      <path d="M8 6.4v3M8 11.2v.1" />
    </>
  ),
  info: (
    <>
      <circle cx="8" cy="8" r="5.8" />
      <path d="M8 7.4v3.4M8 5.1v.1" />
    </>
  ),
  chevron: <path d="m6 3.8 4.2 4.2L6 12.2" />,
  down: <path d="m3.8 6 4.2 4.2L12.2 6" />,
  back: <path d="M7 3.2 2.4 8 7 12.8M2.8 8h10.8" />,
  sun: (
    <>
      <circle cx="8" cy="8" r="2.8" />
      <path d="M8 1.4v1.4M8 13.2v1.4M1.4 8h1.4M13.2 8h1.4M3.3 3.3l1 1M11.7 11.7l1 1M12.7 3.3l-1 1M4.3 11.7l-1 1" />
    </>
  ),
  moon: <path d="M13.4 9.6A5.8 5.8 0 0 1 6.4 2.6a5.8 5.8 0 1 0 7 7z" />,
  monitor: (
    <>
      <rect x="1.8" y="2.8" width="12.4" height="8.4" rx="1.2" />
      <path d="M5.6 13.6h4.8M8 11.2v2.4" />
    </>
  ),
  globe: (
    <>
      <circle cx="8" cy="8" r="5.8" />
      <path d="M2.2 8h11.6M8 2.2c2.2 2.4 2.2 9.2 0 11.6M8 2.2c-2.2 2.4-2.2 9.2 0 11.6" />
    </>
  ),
  user: (
    <>
      <circle cx="8" cy="5.4" r="2.6" />
      <path d="M3 13.6c.5-2.7 2.4-4.1 5-4.1s4.5 1.4 5 4.1" />
    </>
  ),
  signOut: <path d="M6.5 2.600H3.400v10.800h3.100M10.2 5.2 13 8l-2.8 2.800M6.6 8h6.3" />,
  copy: (
    <>
      <rect x="5.4" y="5.4" width="8" height="8" rx="1.4" />
      <path d="M10.6 5.200V4a1.4 1.4 0 0 0-1.4-1.400H4A1.4 1.4 0 0 0 2.6 4v5.200A1.4 1.4 0 0 0 4 10.600h1.2" />
    </>
  ),
  filter: <path d="M2 3.200h12L9.5 8.400v4.400l-3-1.400v-3z" />,
  link: (
    <path d="M6.7 9.3 9.3 6.700M7.2 4.700l1.5-1.500a2.8 2.8 0 0 1 4 4l-1.5 1.500M8.8 11.300l-1.5 1.500a2.8 2.8 0 0 1-4-4l1.5-1.5" />
  ),
  code: <path d="M5.2 4.4 1.8 8l3.4 3.600M10.8 4.4 14.2 8l-3.4 3.6" />,
  branch: (
    <>
      <circle cx="4.2" cy="3.6" r="1.7" />
      <circle cx="4.2" cy="12.4" r="1.7" />
      <circle cx="11.8" cy="6" r="1.7" />
      <path d="M4.2 5.300v5.400M4.2 10.200c0-2.6 5.9-.8 7.4-2.5" />
    </>
  ),
  download: <path d="M8 2.400v7.400M4.9 6.9 8 10l3.1-3.100M2.6 13.200h10.8" />,
  wrap: <path d="M2.2 4h11.600M2.2 8h9.300a2 2 0 0 1 0 4.100H8.300M9.7 10.600l-1.5 1.5 1.5 1.500M2.2 12.100h3" />,
  expand: <path d="M9.6 2.800h3.600v3.600M12.8 3.2 9.4 6.600M6.4 13.200H2.800V9.600M3.2 12.800l3.400-3.400" />,
  fit: <path d="M2.6 5.600V2.600h3M10.4 2.600h3v3M13.4 10.400v3h-3M5.6 13.400h-3v-3M6 6h4v4H6z" />,
  items: <path d="M2.6 4h.01M2.6 8h.01M2.6 12h.01M5.600 4h8M5.600 8h8M5.600 12h8" />,
  graph: (
    <>
      <rect height="3.6" rx="1" width="5" x="5.5" y="1.800" />
      <rect height="3.6" rx="1" width="5" x="1.6" y="10.600" />
      <rect height="3.6" rx="1" width="5" x="9.4" y="10.600" />
      <path d="M8 5.400V8M4.100 10.600V8h7.800v2.600" />
    </>
  ),
  columns: <path d="M2.400 3h11.200v10H2.400zM6.600 3v10" />,
  compare: <path d="M5.600 3 2.600 6l3 3M2.800 6h8M10.400 7l3 3-3 3M13.200 10h-8" />,
  follow: <path d="M8 2.400v8M4.8 7.4 8 10.600l3.2-3.200M3 13.400h10" />,
  eye: (
    <>
      <path d="M1.6 8S4 3.6 8 3.6 14.4 8 14.4 8 12 12.4 8 12.4 1.6 8 1.6 8z" />
      <circle cx="8" cy="8" r="1.9" />
    </>
  ),
  lock: (
    <>
      <rect x="3.2" y="7" width="9.6" height="6.6" rx="1.4" />
      <path d="M5.2 7V5.200a2.8 2.8 0 0 1 5.6 0V7" />
    </>
  ),
  dots: <path d="M3.5 8h.01M8 8h.01M12.5 8h.01" strokeWidth="2.2" />,
  ban: (
    <>
      <circle cx="8" cy="8" r="5.6" />
      <path d="m4.1 4.1 7.8 7.8" />
    </>
  ),
  hourglass: (
    <path d="M4 2.400h8M4 13.600h8M4.8 2.400c0 3 1.8 4.2 3.2 5.6 1.4-1.4 3.2-2.6 3.2-5.600M4.8 13.600c0-3 1.8-4.2 3.2-5.6 1.4 1.4 3.2 2.6 3.2 5.6" />
  ),
  dash: <path d="M3.5 8h9" />,
  dot: <circle cx="8" cy="8" fill="currentColor" r="3.2" />,
  dotted: <circle cx="8" cy="8" r="5.6" strokeDasharray="2 2.4" />,
  arc: <path d="M13.6 8A5.6 5.6 0 1 1 8 2.4" />,
  unplugged: (
    <path d="M2.3 2.3 13.7 13.700M4.6 6.200a4.7 4.7 0 0 0-.5 5.7 4.7 4.7 0 0 0 5.7-.500M6.3 4.500l1-1a3.3 3.3 0 0 1 4.7 0l.5.500a3.3 3.3 0 0 1 0 4.700l-1 1" />
  ),
} satisfies Record<string, ReactNode>

export type IconName = keyof typeof SHAPES

interface IconProps {
  readonly name: IconName
  readonly size?: number
  readonly className?: string
}

export function Icon({ name, size = 16, className }: IconProps) {
  return (
    <svg
      aria-hidden="true"
      className={className}
      fill="none"
      height={size}
      stroke="currentColor"
      strokeLinecap="round"
      strokeLinejoin="round"
      strokeWidth="1.5"
      viewBox="0 0 16 16"
      width={size}
    >
      {SHAPES[name]}
    </svg>
  )
}
