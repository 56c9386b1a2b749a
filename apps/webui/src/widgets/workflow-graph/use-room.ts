import { type RefObject, useEffect, useState } from 'react'

interface Room {
  readonly width: number
  readonly height: number
}

/** How large an element is; null before it is known. */
export function useRoom(ref: RefObject<HTMLElement | null>): Room | null {
  const [room, setRoom] = useState<Room | null>(null)
  useEffect(() => {
    const element = ref.current
    if (element === null) return
    const look = () => {
      const { clientWidth: width, clientHeight: height } = element
      if (width > 0 && height > 0)
        setRoom((before) => (before?.width === width && before.height === height ? before : { width, height }))
    }
    const observer = new ResizeObserver(look)
    observer.observe(element)
    look()
    return () => observer.disconnect()
  }, [ref])
  return room
}
