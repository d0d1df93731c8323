/** The trades of the world: SIC code (1987), its name, ZoomInfo's industry, and words a company's name is made with. */
export type Trade = {
  readonly sic: string;
  readonly sicName: string;
  readonly industry: string;
  readonly words: readonly [string, ...string[]];
};

const trade = (sic: string, sicName: string, industry: string, words: string): Trade => {
  const [first = '', ...rest] = words.split(', ');
  return { sic, sicName, industry, words: [first, ...rest] };
};

/** Those the team asks for by default (docs/vendors.md#daily-poll). */
export const wantedTrades: readonly [Trade, ...Trade[]] = [
  trade('3531', 'Construction Machinery', 'Manufacturing', 'Heavy Equipment, Machine Works'),
  trade('3599', 'Industrial Machinery', 'Manufacturing', 'Tool & Die, Precision, Machining'),
  trade('3999', 'Manufacturing Industries, Nec', 'Manufacturing', 'Manufacturing, Products'),
  trade('4213', 'Trucking, Except Local', 'Freight & Logistics Services', 'Freight, Trucking, Haulage'),
  trade('4225', 'General Warehousing & Storage', 'Freight & Logistics Services', 'Warehousing, Storage'),
  trade('4581', 'Airports, Flying Fields & Services', 'Airlines, Airports & Air Services', 'Aviation, Air Services'),
  trade('4731', 'Freight Transportation Arrangement', 'Freight & Logistics Services', 'Logistics, Forwarding'),
  trade('5511', 'New & Used Car Dealers', 'Automobile Dealers', 'Motors, Auto Group'),
  trade('7011', 'Hotels & Motels', 'Lodging & Resorts', 'Hotel, Resort, Lodge'),
  trade('7991', 'Physical Fitness Facilities', 'Fitness & Dance Facilities', 'Athletic Club, Fitness'),
  trade('8051', 'Skilled Nursing Care Facilities', 'Elderly Care Services', 'Care Center, Nursing'),
  trade('8059', 'Nursing & Personal Care', 'Elderly Care Services', 'Senior Living, Manor'),
  trade('8062', 'General Medical & Surgical Hospitals', 'Hospitals & Clinics', 'Medical Center, Hospital'),
  trade('8211', 'Elementary & Secondary Schools', 'K-12 Schools', 'Academy, School District'),
  trade('8221', 'Colleges & Universities', 'Colleges & Universities', 'College, University'),
  trade('8322', 'Individual & Family Services', 'Charitable Organizations', 'Family Services, Community Center'),
  trade('8331', 'Job Training Services', 'Training', 'Training Center, Workforce Institute'),
  trade('8361', 'Residential Care', 'Elderly Care Services', 'Residence, Home'),
];

/** Those nobody asks for. */
export const otherTrades: readonly [Trade, ...Trade[]] = [
  trade('5812', 'Eating Places', 'Restaurants', 'Grill, Kitchen'),
  trade('6531', 'Real Estate Agents & Managers', 'Real Estate', 'Realty, Properties'),
  trade('7372', 'Prepackaged Software', 'Software', 'Software, Systems'),
  trade('8111', 'Legal Services', 'Law Firms & Legal Services', 'Legal, Law Group'),
];

/** Topics of the default search, then others. */
export const wantedTopics = ['Vending Machines', 'Breakroom Solutions', 'Coffee Services', 'Water Coolers'] as const;
export const otherTopics = ['Payroll Software', 'Fleet Management', 'Office Furniture'] as const;
