// Reads GIFT from standard input with gift-pegjs, and writes what it understood as JSON.
import { readFileSync } from "node:fs";
import gift from "gift-pegjs";

process.stdout.write(JSON.stringify(gift.parse(readFileSync(0, "utf-8"))));
