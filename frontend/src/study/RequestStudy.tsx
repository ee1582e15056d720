import type { RequestDetail } from '../api/types'
import { Criteria } from './Criteria'
import { SimulationData } from './SimulationData'

/** What the simulation needs, and what done means. */
export default function RequestStudy({ request }: { request: RequestDetail }) {
  return (
    <>
      <SimulationData request={request} />
      <Criteria request={request} />
    </>
  )
}
