/** ISO 4217 alphabetic code of a currency that has minor units which this product knows. */
export type Currency = string & { readonly __brand: 'Currency' };

/** Number of decimals per currency (ISO 4217, list one). Funds, metals and test codes (XAU, XXX…) have none and are absent on purpose. */
const DECIMALS: ReadonlyMap<string, number> = new Map([
  ...'AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VES WST XCD YER ZAR ZMW ZWG'
    .split(' ')
    .map((code): [string, number] => [code, 2]),
  ...'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF'.split(' ').map((code): [string, number] => [code, 0]),
  ...'BHD IQD JOD KWD LYD OMR TND'.split(' ').map((code): [string, number] => [code, 3]),
]);

/** True when `code` is a currency with known minor units. */
export function isCurrency(code: string): code is Currency {
  return DECIMALS.has(code);
}

/** Decimals of a currency: 2 for EUR, 0 for JPY. */
export function decimalsOf(currency: Currency): number {
  const decimals = DECIMALS.get(currency);
  if (decimals === undefined) throw new RangeError(`Unknown currency ${currency}`);
  return decimals;
}

/** Validates a code; throws a RangeError that names it. Parse at the edge with `isCurrency` where a refusal is wanted. */
export function currency(code: string): Currency {
  if (!isCurrency(code)) throw new RangeError(`Currency without known minor units: ${code}`);
  return code;
}

export const EUR = 'EUR' as Currency;
