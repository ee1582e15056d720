import { IconBookmark } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useViews } from './useViews'

interface Props {
  /** The classes of the navigation that it stands in. */
  itemClass?: string
  labelClass?: string
}

/** The saved views, for the navigation. */
export default function ViewsNav({ itemClass, labelClass }: Props) {
  return useViews()?.map(({ id, name, shared, ownerName }) => (
    <Link
      key={id}
      to="/views/$viewId"
      params={{ viewId: id }}
      className={itemClass}
      title={shared ? `${name}, shared by ${ownerName}` : name}
    >
      <IconBookmark size={18} aria-hidden />
      <span className={labelClass}>{name}</span>
    </Link>
  ))
}
