//! What stands before a module's body, on the wrapper's own line: export getters, imports, small helpers.

use crate::edits::Piece;

/// Collects the prologue of one module.
pub struct Prologue {
    /// Beginning of our names, which occurs nowhere in the text.
    prefix: String,
    exports: String,
    has_exports: bool,
    imports: Vec<Piece>,
    modules: usize,
    uses_default: bool,
    uses_namespace: bool,
    uses_star: bool,
    uses_computed: bool,
    /// Names that may reach the helper for computed names as they are, and the dependencies that they mean.
    known: Vec<(String, usize)>,
}

/// Module object to an object whose `default` is its default export: what a CommonJS module exports as a whole.
const DEFAULT: &str = "function(m){return m&&m.__esModule?m:{default:m}}";
/// Module object to a namespace: a CommonJS module's members, and itself as `default`.
const NAMESPACE: &str = "function(m){if(m&&m.__esModule)return m;var n={};if(m!=null)for(var k in m)\
    if(k!==\"default\"&&Object.prototype.hasOwnProperty.call(m,k))\
    Object.defineProperty(n,k,Object.getOwnPropertyDescriptor(m,k));n.default=m;return n}";
/// `export * from`: live, without the default, never over a name that the module exports itself.
const STAR: &str = "function(m){Object.keys(m).forEach(function(k){if(k!==\"default\"&&k!==\"__esModule\"&&\
    !Object.prototype.hasOwnProperty.call(exports,k))\
    Object.defineProperty(exports,k,{enumerable:true,configurable:true,get:function(){return m[k]}})})}";
/// A name put together at run time to a module path; the module's folder goes between the two parts.
const COMPUTED: (&str, &str) = (
    "var p=s.charAt(0)===\"/\"?[]:",
    ".split(\"/\");s.split(\"/\").forEach(function(x){if(x===\"..\")p.pop();else if(x&&x!==\".\")p.push(x)});\
    s=p.filter(Boolean).join(\"/\");return /\\.js(on)?$/.test(s)?s:s+\".js\"}",
);
const EXPORT: &str = "function(n,g){Object.defineProperty(exports,n,{enumerable:true,configurable:true,get:g})}";

impl Prologue {
    pub fn new(text: &str) -> Self {
        let mut prefix = "_m".to_owned();
        while text.contains(&prefix) {
            prefix.push('$');
        }
        Self {
            prefix,
            exports: String::new(),
            has_exports: false,
            imports: Vec::new(),
            modules: 0,
            uses_default: false,
            uses_namespace: false,
            uses_star: false,
            uses_computed: false,
            known: Vec::new(),
        }
    }

    /// Says that the module has exports, even if none of them needs a getter.
    pub fn is_exporting(&mut self) {
        self.has_exports = true;
    }

    /// Exports the value of an expression, whatever it is when it is asked for.
    pub fn export(&mut self, name: &str, expression: &str) {
        self.has_exports = true;
        let name = quoted(name);
        self.exports.push_str(&format!("{}e({name},function(){{return {expression}}});", self.prefix));
    }

    /// Loads a dependency and answers the variable that holds its module object.
    pub fn require(&mut self, dependency: usize) -> String {
        let variable = format!("{}{}", self.prefix, self.modules);
        self.modules += 1;
        self.imports.push(Piece::Text(format!("var {variable}=require(")));
        self.imports.push(Piece::Specifier(dependency));
        self.imports.push(Piece::Text(");".to_owned()));
        variable
    }

    /// Loads a dependency for what it does alone.
    pub fn require_only(&mut self, dependency: usize) {
        self.imports.push(Piece::Text("require(".to_owned()));
        self.imports.push(Piece::Specifier(dependency));
        self.imports.push(Piece::Text(");".to_owned()));
    }

    /// Expression for the default export of a loaded module.
    pub fn default_of(&mut self, variable: &str) -> String {
        self.uses_default = true;
        let holder = format!("{variable}d");
        let helper = format!("{}d", self.prefix);
        self.declare_once(&holder, &format!("{helper}({variable})"));
        format!("{holder}.default")
    }

    /// Makes the namespace of a loaded module once; answers its variable.
    pub fn namespace_of(&mut self, variable: &str) -> String {
        let helper = self.namespace();
        let namespace = format!("{variable}n");
        self.declare_once(&namespace, &format!("{helper}({variable})"));
        namespace
    }

    fn declare_once(&mut self, name: &str, value: &str) {
        let declaration = Piece::Text(format!("var {name}={value};"));
        if !self.imports.contains(&declaration) {
            self.imports.push(declaration);
        }
    }

    pub fn star(&mut self, variable: &str) {
        self.uses_star = true;
        self.has_exports = true;
        self.imports.push(Piece::Text(format!("{}s({variable});", self.prefix)));
    }

    /// Name of the helper that makes namespaces.
    pub fn namespace(&mut self) -> String {
        self.uses_namespace = true;
        format!("{}n", self.prefix)
    }

    /// Name of the helper that turns a computed name into a module path.
    pub fn computed(&mut self) -> String {
        self.uses_computed = true;
        format!("{}r", self.prefix)
    }

    /// True where a name that is known at run time only is turned into a module path.
    pub fn is_computing(&self) -> bool {
        self.uses_computed
    }

    /// Says that a dependency may be asked for by its name through the helper for computed names.
    pub fn know(&mut self, written: String, dependency: usize) {
        self.known.push((written, dependency));
    }

    /// Name for a default export that has none.
    pub fn default_name(&self) -> String {
        format!("{}default", self.prefix)
    }

    pub fn finish(self) -> Vec<Piece> {
        let prefix = &self.prefix;
        let mut head = String::new();
        let mut helper = |used: bool, name: char, body: &str| {
            if used {
                head.push_str(&format!("var {prefix}{name}={body};"));
            }
        };
        helper(!self.exports.is_empty(), 'e', EXPORT);
        helper(self.uses_default, 'd', DEFAULT);
        helper(self.uses_namespace, 'n', NAMESPACE);
        helper(self.uses_star, 's', STAR);
        if self.has_exports {
            head.push_str("Object.defineProperty(exports,\"__esModule\",{value:true});");
        }
        head.push_str(&self.exports);
        let mut pieces = vec![Piece::Text(head)];
        if self.uses_computed {
            let (before, after) = COMPUTED;
            let mut head = format!("var {}r=function(s){{s=String(s);", self.prefix);
            for (written, dependency) in self.known {
                head.push_str(&format!("if(s==={})return ", quoted(&written)));
                pieces.extend([Piece::Text(std::mem::take(&mut head)), Piece::Specifier(dependency)]);
                head.push(';');
            }
            pieces.extend([Piece::Text(head + before), Piece::Folder, Piece::Text(format!("{after};"))]);
        }
        pieces.extend(self.imports);
        pieces
    }
}

/// A JavaScript string literal.
pub fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string().replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029")
}
