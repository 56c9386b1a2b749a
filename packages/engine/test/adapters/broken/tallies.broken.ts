import { storeContract } from '../../../src/ports/contracts.ts'
import { StoreTallyingAll, openBroken } from './doubles.ts'

storeContract('broken', () => openBroken((store) => new StoreTallyingAll(store)))
