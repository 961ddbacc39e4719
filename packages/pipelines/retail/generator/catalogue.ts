/** What the invented shop sells: departments with their products. */

import { cumulated, type Random, random } from "@penstock/sampling/random.ts";

export interface Product {
  readonly id: string;
  readonly departmentId: string;
  readonly department: string;
  readonly name: string;
  readonly cents: number;
}

export interface Catalogue {
  readonly products: readonly Product[];
  /** Running totals of how much each is asked for, for `draw`. */
  readonly popularity: Float64Array;
}

interface Department {
  readonly name: string;
  /** How much is bought here, compared with other departments. */
  readonly weight: number;
  /** A usual price in cents. */
  readonly cents: number;
  readonly kinds: readonly string[];
  readonly things: readonly string[];
}

/** So many products; asking for fewer gives the first ones. The seed is part of their ids. */
export function catalogueOf(seed: number, count: number): Catalogue {
  const products: Product[] = [];
  const weights: number[] = [];
  const from = random(seed, 10);
  for (const [index, name] of names(count).entries()) {
    const at = index % departments.length;
    const department = departments[at];
    if (department === undefined) continue;
    products.push({
      id: `p-${seed}-${String(index + 1).padStart(4, "0")}`,
      departmentId: String(at + 1),
      department: department.name,
      name,
      cents: priceNear(department.cents, from),
    });
    // a few are in every third basket, most in hardly any
    weights.push((department.weight * (0.3 + from.unit())) / (1 + Math.floor(index / departments.length)));
  }
  return { products, popularity: cumulated(weights) };
}

const departments: readonly Department[] = [
  shelf(
    "produce",
    29,
    180,
    "Organic,Ripe,Large,Local,Seedless",
    "Bananas,Avocados,Strawberries,Spinach,Limes,Apples",
  ),
  shelf(
    "dairy eggs",
    16,
    290,
    "Whole,Organic,Low Fat,Farm,Lactose Free",
    "Milk,Eggs,Yoghurt,Cheddar,Butter,Kefir",
  ),
  shelf(
    "snacks",
    9,
    260,
    "Salted,Crunchy,Baked,Spicy,Mini",
    "Crisps,Pretzels,Almonds,Rice Cakes,Popcorn,Bars",
  ),
  shelf(
    "beverages",
    8,
    210,
    "Sparkling,Still,Cold,Pure,Unsweetened",
    "Water,Orange Juice,Lemonade,Iced Tea,Cola,Coffee",
  ),
  shelf(
    "frozen",
    7,
    390,
    "Garden,Chunky,Vanilla,Family,Crispy",
    "Peas,Chips,Ice Cream,Pizza,Fish Fingers,Berries",
  ),
  shelf(
    "pantry",
    6,
    320,
    "Extra Virgin,Smooth,Ground,Wild,Classic",
    "Olive Oil,Peanut Butter,Cinnamon,Honey,Mustard,Salt",
  ),
  shelf("bakery", 4, 230, "Wholemeal,Sourdough,Seeded,Soft,Sliced", "Bread,Rolls,Bagels,Wraps,Baguette,Buns"),
  shelf(
    "canned goods",
    3,
    120,
    "Chopped,Sweet,Baked,Red,Drained",
    "Tomatoes,Corn,Beans,Kidney Beans,Tuna,Chickpeas",
  ),
  shelf("deli", 3, 350, "Smoked,Roast,Stuffed,Marinated,Thin", "Ham,Chicken,Olives,Tofu,Salami,Hummus"),
  shelf(
    "dry goods pasta",
    3,
    170,
    "Brown,Egg,Wholewheat,Basmati,Red",
    "Rice,Noodles,Spaghetti,Couscous,Lentils,Penne",
  ),
  shelf(
    "household",
    2.5,
    450,
    "Gentle,Strong,Soft,Large,Recycled",
    "Soap,Bin Bags,Tissues,Sponges,Foil,Candles",
  ),
  shelf(
    "meat seafood",
    2.3,
    690,
    "Lean,Free Range,Fresh,Smoked,Boneless",
    "Mince,Chicken Breast,Salmon,Bacon,Prawns,Sausages",
  ),
  shelf(
    "breakfast",
    2.2,
    340,
    "Rolled,Honey,Toasted,Mixed,Golden",
    "Oats,Granola,Flakes,Muesli,Waffles,Porridge",
  ),
  shelf(
    "personal care",
    1.4,
    410,
    "Mint,Mild,Daily,Sensitive,Fresh",
    "Toothpaste,Shampoo,Lotion,Deodorant,Soap Bar,Balm",
  ),
  shelf(
    "babies",
    1.3,
    520,
    "Small,Pure,Soft,Organic,First",
    "Nappies,Puree,Wipes,Porridge Pots,Milk Powder,Biscuits",
  ),
  shelf(
    "international",
    0.9,
    280,
    "Thai,Mexican,Indian,Japanese,Italian",
    "Curry Paste,Salsa,Chutney,Soy Sauce,Pesto,Noodle Soup",
  ),
  shelf("alcohol", 0.5, 980, "Dry,Red,Pale,Spanish,Dark", "Cider,Wine,Ale,Cava,Rum,Stout"),
  shelf(
    "pets",
    0.4,
    560,
    "Chicken,Salmon,Puppy,Senior,Grain Free",
    "Cat Food,Dog Biscuits,Kibble,Chews,Treats,Litter",
  ),
  shelf("other", 0.2, 480, "Blank,Gift,Small,Paper,Spare", "Cards,Batteries,Bulbs,Wrap,Pens,Tape"),
  shelf("bulk", 0.1, 370, "Mixed,Raw,Shelled,Dried,Unsalted", "Nuts,Seeds,Mango,Dates,Oat Bran,Cashews"),
];

function shelf(name: string, weight: number, cents: number, kinds: string, things: string): Department {
  return { name, weight, cents, kinds: kinds.split(","), things: things.split(",") };
}

/** Names department by department in turn, each once; past the last combination they come in larger packs. */
function names(count: number): string[] {
  return Array.from({ length: count }, (_, index) => {
    const department = departments[index % departments.length];
    const turn = Math.floor(index / departments.length);
    if (department === undefined) return "";
    const { kinds, things } = department;
    const thing = things[turn % things.length] ?? "";
    // 5 and 6 have no common divisor: one step in both goes through all pairs
    const kind = kinds[turn % kinds.length] ?? "";
    const pack = Math.floor(turn / (kinds.length * things.length));
    return pack === 0 ? `${kind} ${thing}` : `${kind} ${thing}, Pack of ${pack + 1}`;
  });
}

function priceNear(cents: number, from: Random): number {
  const price = Math.round((cents * (0.5 + from.unit() * 1.2)) / 10) * 10;
  return Math.max(19, price - 1);
}
