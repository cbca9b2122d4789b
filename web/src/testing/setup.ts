import "fake-indexeddb/auto";
import { MemoryStorage } from "./memoryStorage";

globalThis.localStorage = new MemoryStorage();
globalThis.sessionStorage = new MemoryStorage();
Object.defineProperty(globalThis, "navigator", { value: { languages: ["en"] }, configurable: true });
