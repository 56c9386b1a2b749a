import { storeContract } from '../../../src/ports/contracts.ts'
import { StoreCountingRemoved, openBroken } from './doubles.ts'

storeContract('broken', () => openBroken((store) => new StoreCountingRemoved(store)))
