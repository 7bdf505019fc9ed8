package io.zhiwen.conversation.export;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What commands of TeX stand for a character or a name.
final class TexSigns {

    private static final Map<String, String> GREEK =
            table(
                    """
                    alpha α beta β gamma γ delta δ epsilon ϵ varepsilon ε zeta ζ eta η theta θ
                    vartheta ϑ iota ι kappa κ lambda λ mu μ nu ν xi ξ pi π varpi ϖ rho ρ varrho ϱ
                    sigma σ varsigma ς tau τ upsilon υ phi ϕ varphi φ chi χ psi ψ omega ω
                    ell ℓ hbar ℏ imath ı jmath ȷ""");

    private static final Map<String, String> UPRIGHT =
            table(
                    """
                    Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω
                    times × div ÷ cdot · pm ± mp ∓ ast ∗ star ⋆ circ ∘ bullet • oplus ⊕ otimes ⊗
                    leq ≤ le ≤ geq ≥ ge ≥ neq ≠ ne ≠ approx ≈ equiv ≡ sim ∼ simeq ≃ cong ≅ propto ∝
                    ll ≪ gg ≫ to → rightarrow → Rightarrow ⇒ leftarrow ← Leftarrow ⇐
                    leftrightarrow ↔ Leftrightarrow ⇔ iff ⇔ implies ⇒ mapsto ↦ uparrow ↑ downarrow ↓
                    longrightarrow ⟶ longleftarrow ⟵ gets ←
                    in ∈ notin ∉ ni ∋ subset ⊂ subseteq ⊆ supset ⊃ supseteq ⊇ cup ∪ cap ∩
                    setminus ∖ emptyset ∅ varnothing ∅ forall ∀ exists ∃ nexists ∄ neg ¬ lnot ¬
                    land ∧ wedge ∧ lor ∨ vee ∨ infty ∞ partial ∂ nabla ∇ angle ∠ perp ⊥ parallel ∥
                    mid ∣ vert | Vert ‖ prime ′ degree ° dots … ldots … cdots ⋯ vdots ⋮ ddots ⋱
                    langle ⟨ rangle ⟩ lfloor ⌊ rfloor ⌋ lceil ⌈ rceil ⌉ lbrace { rbrace }
                    lvert | rvert | lVert ‖ rVert ‖ therefore ∴ because ∵ triangle △ square □
                    Re ℜ Im ℑ aleph ℵ top ⊤ bot ⊥ vdash ⊢ models ⊨ backslash \\ colon : checkmark ✓""");

    private static final Map<String, String> LARGE =
            table(
                    """
                    sum ∑ prod ∏ coprod ∐ bigcup ⋃ bigcap ⋂ bigoplus ⨁ bigvee ⋁ bigwedge ⋀
                    lim lim max max min min sup sup inf inf limsup limsup liminf liminf
                    argmax argmax argmin argmin""");

    private static final Map<String, String> INTEGRALS = table("int ∫ iint ∬ iiint ∭ oint ∮");

    private static final Map<String, String> ACCENTS =
            table(
                    """
                    hat \u0302 widehat \u0302 bar \u0305 overline \u0305 vec \u20d7 tilde \u0303
                    widetilde \u0303 dot \u0307 ddot \u0308 overrightarrow \u20d7""");

    private static final Map<String, String> LETTERS = table("R ℝ N ℕ Z ℤ Q ℚ C ℂ P ℙ E 𝔼");

    private static final Set<String> NAMES =
            Set.of(
                    "sin", "cos", "tan", "cot", "sec", "csc", "arcsin", "arccos", "arctan", "sinh",
                    "cosh", "tanh", "log", "ln", "lg", "exp", "det", "dim", "ker", "deg", "gcd",
                    "arg", "hom", "Pr", "bmod", "mod");

    /// What only says how large or how far apart.
    private static final Set<String> NOTHING =
            Set.of(
                    "displaystyle",
                    "textstyle",
                    "scriptstyle",
                    "limits",
                    "nolimits",
                    "big",
                    "Big",
                    "bigg",
                    "Bigg",
                    "bigl",
                    "bigr",
                    "Bigl",
                    "Bigr",
                    "biggl",
                    "biggr",
                    "nonumber",
                    "notag",
                    "hline",
                    "!");

    private static final Map<String, String> SPACES =
            Map.of(
                    ",",
                    "\u2009",
                    ":",
                    "\u2005",
                    ";",
                    "\u2005",
                    " ",
                    " ",
                    "quad",
                    "\u2003",
                    "qquad",
                    "\u2003\u2003",
                    "~",
                    "\u00a0");

    private TexSigns() {}

    /// @return null where the command is no sign
    static @Nullable Tex of(String command) {
        if (GREEK.containsKey(command)) {
            return new Tex.Sign(GREEK.getOrDefault(command, ""), Tex.Style.ITALIC);
        }
        if (LARGE.containsKey(command)) {
            return new Tex.Large(LARGE.getOrDefault(command, ""));
        }
        for (var upright : List.of(UPRIGHT, INTEGRALS, SPACES)) {
            if (upright.containsKey(command)) {
                return new Tex.Sign(upright.getOrDefault(command, ""), Tex.Style.UPRIGHT);
            }
        }
        if (NOTHING.contains(command)) {
            return new Tex.Row(List.of());
        }
        return NAMES.contains(command) ? new Tex.Sign(command, Tex.Style.UPRIGHT) : null;
    }

    /// A combining character, or null.
    static @Nullable String accent(String command) {
        return ACCENTS.get(command);
    }

    /// As `\mathbb` draws it.
    static String doubled(String letter) {
        return LETTERS.getOrDefault(letter, letter);
    }

    private static Map<String, String> table(String words) {
        Map<String, String> table = new HashMap<>();
        var parts = words.strip().split("\\s+", -1);
        for (int i = 0; i < parts.length; i += 2) {
            table.put(parts[i], parts[i + 1]);
        }
        return Map.copyOf(table);
    }
}
