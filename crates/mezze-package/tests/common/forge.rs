//! Writes ZIP files that are wrong in one chosen way; right in every other, so that only that way can be the reason.

/// One entry, and what its headers claim.
#[derive(Clone)]
pub struct ForgedEntry {
    pub name: Vec<u8>,
    /// Name in the local header, where it is another one.
    pub local_name: Option<Vec<u8>>,
    pub data: Vec<u8>,
    pub method: u16,
    pub flags: u16,
    pub version: u16,
    pub crc: u32,
    pub size: u32,
    pub compressed_size: u32,
    /// Size in the local header, where it is another one.
    pub local_size: Option<u32>,
    pub mode: u32,
    pub extra: Vec<u8>,
    pub comment: Vec<u8>,
    pub disk: u16,
    /// Bytes before the local header that belong to nothing.
    pub gap: Vec<u8>,
    /// Offset in the central directory, where it is not the true one.
    pub offset: Option<u32>,
}

impl ForgedEntry {
    pub fn stored(name: impl AsRef<[u8]>, data: &[u8]) -> Self {
        Self {
            name: name.as_ref().to_vec(),
            local_name: None,
            data: data.to_vec(),
            method: 0,
            flags: 0x0800,
            version: 20,
            crc: crc32fast::hash(data),
            size: u32::try_from(data.len()).unwrap(),
            compressed_size: u32::try_from(data.len()).unwrap(),
            local_size: None,
            mode: 0o100_644,
            extra: Vec::new(),
            comment: Vec::new(),
            disk: 0,
            gap: Vec::new(),
            offset: None,
        }
    }

    /// Data that was deflated by the caller, and what it claims to be.
    pub fn deflated(name: impl AsRef<[u8]>, data: &[u8], size: u32, crc: u32) -> Self {
        Self { method: 8, size, crc, ..Self::stored(name, data) }
    }

    pub fn with(mut self, change: impl FnOnce(&mut Self)) -> Self {
        change(&mut self);
        self
    }

    fn common(&self, size: u32, name: &[u8], output: &mut Vec<u8>) {
        for field in [self.version, self.flags, self.method, 0, 0x21] {
            output.extend(field.to_le_bytes());
        }
        for field in [self.crc, self.compressed_size, size] {
            output.extend(field.to_le_bytes());
        }
        output.extend(u16::try_from(name.len()).unwrap().to_le_bytes());
        output.extend(u16::try_from(self.extra.len()).unwrap().to_le_bytes());
    }

    fn write(&self, output: &mut Vec<u8>, central: &mut Vec<u8>) {
        output.extend(&self.gap);
        let offset = self.offset.unwrap_or(u32::try_from(output.len()).unwrap());
        let local_name = self.local_name.as_ref().unwrap_or(&self.name);
        output.extend(b"PK\x03\x04");
        self.common(self.local_size.unwrap_or(self.size), local_name, output);
        output.extend(local_name);
        output.extend(&self.extra);
        output.extend(&self.data);

        central.extend(b"PK\x01\x02");
        central.extend(0x0314_u16.to_le_bytes());
        self.common(self.size, &self.name, central);
        central.extend(u16::try_from(self.comment.len()).unwrap().to_le_bytes());
        central.extend(self.disk.to_le_bytes());
        central.extend([0; 2]);
        central.extend((self.mode << 16).to_le_bytes());
        central.extend(offset.to_le_bytes());
        central.extend(&self.name);
        central.extend(&self.extra);
        central.extend(&self.comment);
    }
}

/// A container with these entries.
pub fn forge(entries: &[ForgedEntry]) -> Vec<u8> {
    forge_with(entries, |_| {})
}

/// The end record's fields, and what else may stand around it.
pub struct ForgedEnd {
    pub disk: u16,
    pub entries_here: u16,
    pub entries: u16,
    pub central_size: u32,
    pub central_offset: u32,
    pub comment: Vec<u8>,
    /// Bytes between the files and the central directory.
    pub before_central: Vec<u8>,
    /// Bytes between the central directory and the end record.
    pub before_end: Vec<u8>,
}

/// A container with these entries, whose end was changed.
pub fn forge_with(entries: &[ForgedEntry], change: impl FnOnce(&mut ForgedEnd)) -> Vec<u8> {
    let (mut output, mut central) = (Vec::new(), Vec::new());
    for entry in entries {
        entry.write(&mut output, &mut central);
    }
    let count = u16::try_from(entries.len()).unwrap();
    let mut end = ForgedEnd {
        disk: 0,
        entries_here: count,
        entries: count,
        central_size: u32::try_from(central.len()).unwrap(),
        central_offset: u32::try_from(output.len()).unwrap(),
        comment: Vec::new(),
        before_central: Vec::new(),
        before_end: Vec::new(),
    };
    change(&mut end);
    output.extend(&end.before_central);
    output.extend(central);
    output.extend(&end.before_end);
    output.extend(b"PK\x05\x06");
    output.extend(end.disk.to_le_bytes());
    output.extend([0; 2]);
    output.extend(end.entries_here.to_le_bytes());
    output.extend(end.entries.to_le_bytes());
    output.extend(end.central_size.to_le_bytes());
    output.extend(end.central_offset.to_le_bytes());
    output.extend(u16::try_from(end.comment.len()).unwrap().to_le_bytes());
    output.extend(&end.comment);
    output
}
