// Reads what scripts/huiyin/search/bits.py writes: bits, the highest first, and exponential Golomb codes.

export class Bits {
  constructor(bytes, at = 0) {
    this.bytes = bytes;
    this.at = at * 8;
  }

  /** The next `count` bits as a number; up to 52. */
  read(count) {
    let value = 0;
    while (count > 0) {
      const free = 8 - (this.at & 7);
      const take = Math.min(free, count);
      const byte = this.bytes[this.at >> 3] & (0xff >> (8 - free));
      value = value * (1 << take) + (byte >> (free - take));
      this.at += take;
      count -= take;
    }
    return value;
  }

  /** The next code of that order. */
  golomb(order) {
    let zeros = 0;
    for (;;) {
      const free = 8 - (this.at & 7);
      const rest = this.bytes[this.at >> 3] & (0xff >> (8 - free));
      if (rest === undefined || this.at >> 3 >= this.bytes.length) throw new RangeError("index cut short");
      if (rest) {
        const skip = Math.clz32(rest) - 32 + free;
        zeros += skip;
        this.at += skip;
        return this.read(zeros + order + 1) - 2 ** order;
      }
      zeros += free;
      this.at += free;
    }
  }
}
