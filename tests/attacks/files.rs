//! Configuration files that somebody else may write: what reading one costs, counted by Callgrind. Four
//! times the bytes take at most five times the instructions.

use std::error::Error;

use tower_cors::CorsLayer;

use crate::callgrind::{count, counted_round};

/// How many times an element is there.
const COUNTS: [usize; 2] = [150, 600];
/// A quadratic cost grows sixteenfold.
const GROWTH: u64 = 5;

/// A file by how many times its element is there.
type Hostile = fn(usize) -> String;

const FILES: [(&str, Hostile); 8] = [
    ("one key", |count| format!("{{{}}}", list(count, "'max_age':%"))),
    ("one key, and a list", |count| {
        let origins = list(count, "'https://%.a.example'");
        format!("{{'allow_origins':[{origins}],{}}}", list(count / 4, "'allow_origin':'*'"))
    }),
    ("unknown keys, and a list of what is no origin", |count| {
        format!("{{{},'allow_origins':[{}]}}", list(count, &unknown()), list(count, "'%'"))
    }),
    ("unknown keys, and a known one", |count| {
        format!("{{{},{}}}", list(count, &unknown()), list(count, "'vary':[]"))
    }),
    ("names", |count| format!("{{'vary':[{}]}}", list(count, "'x-%'"))),
    ("names beside a preset's", |count| {
        format!("{{'mcp':true,'allow_headers':[{}]}}", list(count, "'x-%'"))
    }),
    ("commas", |count| format!("{{'allow_origins':'{}'}}", ",".repeat(10 * count))),
    ("fixed origins", |count| {
        format!("{{'allow_origins':{{{}}}}}", list(count, "'fixed':'https://%.example'"))
    }),
];

/// So long that no known key is like it, which would cost more than all the rest.
fn unknown() -> String {
    format!("'{}%':1", "a".repeat(64))
}

/// The element again and again, each with its number.
fn list(count: usize, element: &str) -> String {
    let elements = (0..count).map(|number| element.replace('%', &number.to_string()));
    elements.collect::<Vec<_>>().join(",")
}

fn read(text: &str) {
    let layer: CorsLayer = serde_json::from_str(text).expect("it is a map");
    drop(layer.warnings());
    drop(layer.build().map_err(|error| error.to_string()));
}

/// What the count must notice.
fn quadratic(count: usize) {
    let text = "a,".repeat(2 * count);
    let commas = text.char_indices().filter(|(_, c)| *c == ',');
    let before: usize = commas.map(|(at, _)| text[..at].matches(',').count()).sum();
    assert!(before > 0);
}

#[test]
#[ignore = "what Callgrind counts: reading_a_hostile_file_is_linear runs it"]
fn counted() {
    for count in COUNTS {
        counted_round(|| quadratic(count));
    }
    for (_, file) in FILES {
        for text in COUNTS.map(|count| file(count).replace('\'', "\"")) {
            counted_round(|| read(&text));
        }
    }
}

#[test]
fn reading_a_hostile_file_is_linear() -> Result<(), Box<dyn Error>> {
    let names: Vec<_> = ["quadratic"].into_iter().chain(FILES.map(|(name, _)| name)).collect();
    let Some(counts) = count("files::counted", COUNTS.len() * names.len())? else {
        return Ok(());
    };
    let counts = counts.chunks_exact(COUNTS.len());
    let has_grown = |counts: &[u64]| counts[1] > counts[0] * GROWTH;
    let grown = names.into_iter().zip(counts).filter(|(_, counts)| has_grown(counts));
    let grown: Vec<_> = grown.map(|(name, _)| name).collect();
    assert_eq!(grown, ["quadratic"]);
    Ok(())
}

#[test]
fn what_grows_or_nests_without_end_is_refused() {
    let doubled = |name: u32| format!("a{name}: &a{name} [*a{0},*a{0}]\n", name - 1);
    let aliases = "a0: &a0 [x,x]\n".to_owned() + &(1..64).map(doubled).collect::<String>();
    assert!(serde_yaml_ng::from_str::<CorsLayer>(&aliases).is_err());
    let deep = 100_000;
    let toml = [format!("vary{} = 1", ".a".repeat(deep)), format!("vary = {}", "[".repeat(deep))];
    assert!(toml.iter().all(|text| toml::from_str::<CorsLayer>(text).is_err()));
    let json = format!("{{\"vary\":{}{}}}", "[".repeat(deep), "]".repeat(deep));
    assert!(serde_json::from_str::<CorsLayer>(&json).is_err());
}
