import { storeContract } from '../../../src/ports/contracts.ts'
import { StoreClaimingTwice, openBroken } from './doubles.ts'

storeContract('broken', () => openBroken((store) => new StoreClaimingTwice(store)))
